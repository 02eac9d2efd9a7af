import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('.dockerignore', 'slimimage.dockerignore')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
