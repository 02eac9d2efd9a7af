import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith("Base image [${glibcImage}] has no Java on its PATH", "'slimimage.runtime' to jlink")
    .advise()
    .buildNothing()
    .showNoStackTrace()
    .leaveNoImage()
true
