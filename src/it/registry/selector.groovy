import io.slimimage.it.RegistryCondition

// Maven is as offline for a sample as for the build that runs it.
RegistryCondition.selects(engine, settings == 'offline=true')
