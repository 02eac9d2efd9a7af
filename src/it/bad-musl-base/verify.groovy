import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('has glibc', "base image [${muslImage}] musl", "'slimimage.baseImage' to scratch")
    .advise()
    .buildNothing()
    .showNoStackTrace()
    .leaveNoImage()
true
