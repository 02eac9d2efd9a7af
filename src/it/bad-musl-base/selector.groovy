import io.slimimage.it.EngineCondition

// Needs an image with musl and nothing else, which only a laboratory has.
binding.variables.muslImage && EngineCondition.selects(engine)
