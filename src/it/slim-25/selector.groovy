import io.slimimage.it.EngineCondition

// Needs a builder image with a newer JDK, which only a laboratory has.
binding.variables.maven25Image && EngineCondition.selects(engine)
