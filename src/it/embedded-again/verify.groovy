import io.slimimage.it.LayoutReader
import io.slimimage.it.RepeatedBuilds

assert LayoutReader.read(basedir, 0).keySet() == ['docker.io/library/again:1.0'] as Set

def goal = "${slimimagePlugin}:build"
def builds = RepeatedBuilds.of(basedir, localRepositoryPath, goal)
builds.changeNothing()
builds.areTheSameElsewhere()
builds.areTheSameWithAnotherJdk()
builds.surviveBeingKilled(10)
builds.shareTheCache()
builds.healTheCache()
builds.failOnAFullDisk()
true
