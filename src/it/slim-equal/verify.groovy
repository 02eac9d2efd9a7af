import io.slimimage.it.EqualImages
import io.slimimage.it.HostLayers

HostLayers.of(basedir).equalThoseOf('slimimage-it/slim-equal:classic', 'slimimage-it/slim-equal:buildkit')
EqualImages.of('slimimage-it/slim-equal:buildkit', 'slimimage-it/slim-equal:classic', 'slimimage-it/slim-equal:embedded')
    .areEqual()
    .timesAreEqual()
    .layersAreEqualAbove('scratch')
true
