import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('outside.txt')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
