import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .last()
    .failWith('bad-jar-damaged-1.0-SNAPSHOT.jar')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
