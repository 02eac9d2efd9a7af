import io.slimimage.it.BuiltImages
import io.slimimage.it.EqualImages
import io.slimimage.it.HostImage

BuiltImages.of(basedir, 'slimimage-it/plain:classic', 'slimimage-it/plain:embedded', 'slimimage-it/plain:buildkit').withCloseable { images ->
    images.answer('PORT', '/', '"greeting":"Hello from the class path"', '"signedDependency":true')
    images.runAs('65532:65532')
    images.startWith('/opt/java/bin/java', '-jar', '/app/plain.jar')
    images.hold('app/plain.jar', 'app/lib/gson-2.13.2.jar', 'app/lib/slf4j-api-2.0.17.jar',
        'app/lib/org.eclipse.jdt.annotation-2.3.0.jar')
    images.areSlim()
    images.matchTheOutputs()
}
BuiltImages.of(basedir, 'slimimage-it/plain:classic', 'slimimage-it/plain:buildkit').withCloseable { images ->
    images.haveEqualLayersAbove('scratch')
}
if (HostImage.isGiven(binding.variables.hostImage)) {
    EqualImages.of('slimimage-it/plain:buildkit', 'slimimage-it/plain:embedded')
        .areEqual()
        .timesAreEqual()
        .layersAreEqualAbove('scratch')
}

// The written Dockerfile, built by hand with the classic builder, gives the same layers.
def command = ['docker', 'build', '--network', 'host', '-t', 'slimimage-it/plain:hand', '-f', 'target/slimimage/Dockerfile', '.']
def environment = System.getenv().collect { "${it.key}=${it.value}" } + 'DOCKER_BUILDKIT=0'
def build = command.execute(environment, basedir)
build.waitForProcessOutput(System.out, System.out)
assert build.exitValue() == 0
BuiltImages.of(basedir, 'slimimage-it/plain:classic', 'slimimage-it/plain:hand').withCloseable { images ->
    images.haveEqualLayersAbove('scratch')
}
true
