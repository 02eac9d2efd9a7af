import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('Not/A_Valid:Name:1', 'no body', '70000')
    .showNoStackTrace()
    .leaveNoImage()
true
