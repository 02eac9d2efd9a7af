import io.slimimage.it.BuiltImages
import io.slimimage.it.EqualImages
import io.slimimage.it.HostImage

BuiltImages.of(new File(basedir, 'app'), 'slimimage-it/reactor:classic', 'slimimage-it/reactor:embedded', 'slimimage-it/reactor:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'Hello from another module')
    images.startWith('java', '-jar', '/app/reactor-app.jar')
    images.hold('app/lib/reactor-lib-1.0.jar')
    images.holdNothingOfTheBuild()
    images.matchTheOutputs()
}
BuiltImages.of(new File(basedir, 'app'), 'slimimage-it/reactor:classic', 'slimimage-it/reactor:buildkit').withCloseable { images ->
    images.haveEqualLayersAbove(baseImage)
}
if (HostImage.isGiven(binding.variables.hostImage)) {
    EqualImages.of('slimimage-it/reactor:buildkit', 'slimimage-it/reactor:embedded')
        .areEqual()
        .timesAreEqual()
}
true
