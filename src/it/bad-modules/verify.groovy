import io.slimimage.it.MavenRuns

// It takes the JDK of the builder stage to know; what it says must read as if it were said here.
MavenRuns.of(basedir)
    .failWith('[java.desktopp] of slimimage.modules.add is no module of JDK', 'write [java.desktop]')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
