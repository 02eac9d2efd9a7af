import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .failWith('perhaps you should')
    .advise()
    .buildNothing()
    .showNoStackTrace()
    .leaveNoImage()
String log = new File(basedir, 'build.log').text
assert log.contains('The image\'s name [bad-push:1.0] has no registry to push it to')
assert log.contains('Nothing can be pushed while Maven is offline')
assert log.contains("'slimimage.registry.timeout' [soon]")
assert log.contains("'slimimage.registry.ca' [missing.pem]")
true
