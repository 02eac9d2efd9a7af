import io.slimimage.it.BuiltImages
import io.slimimage.it.EqualImages
import io.slimimage.it.HostImage

BuiltImages.of(basedir, 'slimimage-it/bound:classic', 'slimimage-it/bound:embedded', 'slimimage-it/bound:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'greeting=Hello from the "execution"', 'flag=two words', 'megabytes=48')
    images.runAs('4711:4711')
    images.startWith('/opt/java/bin/java', '-Xmx48m', '-Dbound.flag=two words', '-jar', '/app/bound.jar')
    images.expose('8080/tcp', '9090/udp')
    images.haveEnvironment('GREETING=Hello from the "execution"')
    images.haveLabels('org.opencontainers.image.title': 'Bound to package')
    images.holdNothingOfTheBuild()
    images.matchTheOutputs()
}
BuiltImages.of(basedir, 'slimimage-it/bound:classic', 'slimimage-it/bound:buildkit').withCloseable { images ->
    images.haveEqualLayersAbove('scratch')
}
if (HostImage.isGiven(binding.variables.hostImage)) {
    EqualImages.of('slimimage-it/bound:buildkit', 'slimimage-it/bound:embedded')
        .areEqual()
        .timesAreEqual()
        .layersAreEqualAbove('scratch')
}
true
