import io.slimimage.it.HostLayers

HostLayers.of(basedir).equalThoseOf('slimimage-it/slim-equal:classic', 'slimimage-it/slim-equal:buildkit')
true
