import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('ArithmeticTest.addsWrongly')
    .showNoStackTrace()
    .leaveNoImage()
true
