import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/bound:classic', 'slimimage-it/bound:buildkit').withCloseable { images ->
    images.answer('PORT', '/', 'greeting=Hello from the "execution"', 'flag=two words', 'megabytes=48')
    images.runAs('4711:4711')
    images.startWith('/opt/java/bin/java', '-Xmx48m', '-Dbound.flag=two words', '-jar', '/app/bound.jar')
    images.expose('8080/tcp', '9090/udp')
    images.haveEnvironment('GREETING=Hello from the "execution"')
    images.haveLabels('org.opencontainers.image.title': 'Bound to package')
    images.holdNothingOfTheBuild()
    images.haveEqualLayersAbove('scratch')
    images.matchTheOutputs()
}
true
