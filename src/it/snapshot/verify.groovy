import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/snapshot:classic', 'slimimage-it/snapshot:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'Hello from a snapshot', 'Small is beautiful')
    images.hold('app/lib/snapshot-lib-1.0-SNAPSHOT.jar', 'etc/snapshot/motto.txt')
    images.holdNothingOfTheBuild()
    images.haveEqualLayersAbove(baseImage)
}
true
