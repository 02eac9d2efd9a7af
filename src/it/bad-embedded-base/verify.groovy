import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('perhaps you should')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
