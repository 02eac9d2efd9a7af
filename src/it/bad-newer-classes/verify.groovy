import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('The JDK is older than the classes: [io.slimimage.samples.bad.newerclasses.Future] in [bad-newer-classes.jar]', 'is for Java 99')
    .advise()
    .showNoStackTrace()
    .leaveNoImage()
true
