import io.slimimage.it.EngineCondition

// Needs an image of a distribution without Java, which only a laboratory has.
binding.variables.glibcImage && EngineCondition.selects(engine)
