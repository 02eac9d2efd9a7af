import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/plain:classic', 'slimimage-it/plain:buildkit').withCloseable { images ->
    images.answer('PORT', '/', '"greeting":"Hello from the class path"', '"signedDependency":true')
    images.runAs('65532:65532')
    images.startWith('java', '-jar', '/app/plain.jar')
    images.hold('app/plain.jar', 'app/lib/gson-2.13.2.jar', 'app/lib/org.eclipse.jdt.annotation-2.3.0.jar')
    images.holdNothingOfTheBuild()
    images.haveEqualLayersAbove(baseImage)
    images.matchTheOutputs()
}
true
