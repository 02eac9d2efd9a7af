import io.slimimage.it.RegistryCondition

// Needs a base image for several platforms, and Maven is as offline for a sample as for the build that runs it.
System.getenv('SLIMIMAGE_LAB_INDEX_IMAGE') && RegistryCondition.selects(engine, settings == 'offline=true')
