import io.slimimage.it.BuiltImages
import io.slimimage.it.EqualImages
import io.slimimage.it.HostImage

BuiltImages.of(basedir, 'slimimage-it/iotd:classic', 'slimimage-it/iotd:embedded', 'slimimage-it/iotd:buildkit').withCloseable { images ->
    images.answer('SERVER_PORT', '/image', '"title":"The Earth seen from the Moon"', '"url":"https://images.example/')
    images.runAs('65532:65532')
    images.startWith('/opt/java/bin/java', '-jar', '/app/iotd-service.jar')
    images.areSlim()
    images.matchTheOutputs()
}
BuiltImages.of(basedir, 'slimimage-it/iotd:classic', 'slimimage-it/iotd:buildkit').withCloseable { images ->
    images.haveEqualLayersAbove('scratch')
}
if (HostImage.isGiven(binding.variables.hostImage)) {
    EqualImages.of('slimimage-it/iotd:buildkit', 'slimimage-it/iotd:embedded')
        .areEqual()
        .timesAreEqual()
        .layersAreEqualAbove('scratch')
}
true
