import io.slimimage.it.BuiltImages

BuiltImages.of(basedir, 'slimimage-it/iotd:classic', 'slimimage-it/iotd:buildkit').withCloseable { images ->
    images.answer('SERVER_PORT', '/image', '"title":"The Earth seen from the Moon"', '"url":"https://images.example/')
    images.runAs('65532:65532')
    images.startWith('/opt/java/bin/java', '-jar', '/app/iotd-service.jar')
    images.areSlim()
    images.haveEqualLayersAbove('scratch')
    images.matchTheOutputs()
}
true
