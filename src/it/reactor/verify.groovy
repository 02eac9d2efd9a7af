import io.slimimage.it.BuiltImages

BuiltImages.of(new File(basedir, 'app'), 'slimimage-it/reactor:classic', 'slimimage-it/reactor:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'Hello from another module')
    images.startWith('java', '-jar', '/app/reactor-app.jar')
    images.hold('app/lib/reactor-lib-1.0.jar')
    images.holdNothingOfTheBuild()
    images.haveEqualLayersAbove(baseImage)
    images.matchTheOutputs()
}
true
