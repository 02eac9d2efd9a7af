import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('Main.java', 'undefinedVariable')
    .showNoStackTrace()
    .leaveNoImage()
true
