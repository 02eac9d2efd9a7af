import io.slimimage.it.BuiltImages
import io.slimimage.it.EqualImages
import io.slimimage.it.HostImage

BuiltImages.of(basedir, 'slimimage-it/snapshot:classic', 'slimimage-it/snapshot:embedded', 'slimimage-it/snapshot:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'Hello from a snapshot', 'Small is beautiful')
    images.hold('app/lib/snapshot-lib-1.0-SNAPSHOT.jar', 'etc/snapshot/motto.txt')
    images.holdNothingOfTheBuild()
}
BuiltImages.of(basedir, 'slimimage-it/snapshot:classic', 'slimimage-it/snapshot:buildkit').withCloseable { images ->
    images.haveEqualLayersAbove(baseImage)
}
if (HostImage.isGiven(binding.variables.hostImage)) {
    EqualImages.of('slimimage-it/snapshot:buildkit', 'slimimage-it/snapshot:embedded')
        .areEqual()
        .timesAreEqual()
}
true
