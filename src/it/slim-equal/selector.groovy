import io.slimimage.it.EngineCondition

// Needs a builder image with this machine's JDK and libraries, which only a laboratory has.
binding.variables.hostImage && EngineCondition.selects(engine)
