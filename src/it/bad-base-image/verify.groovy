import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('registry.invalid/no/such-image:1')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
