import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('unix:///nonexistent/docker.sock')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
