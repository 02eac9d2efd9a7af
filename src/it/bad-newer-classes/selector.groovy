import io.slimimage.it.EngineCondition

EngineCondition.selects(engine)
