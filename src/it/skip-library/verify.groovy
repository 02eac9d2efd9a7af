import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .say('Skipped', 'main class')
    .leaveNoImage()
true
