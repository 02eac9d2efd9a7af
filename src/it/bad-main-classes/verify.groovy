import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('io.slimimage.samples.bad.mainclasses.First', 'io.slimimage.samples.bad.mainclasses.Second')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
