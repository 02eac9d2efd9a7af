import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .say('skip', 'main class')
    .leaveNoImage()
true
