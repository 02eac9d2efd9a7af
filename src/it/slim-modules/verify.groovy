import io.slimimage.it.BuiltImages

// The database driver that one method could return is the user's business now.
BuiltImages.of(basedir, 'slimimage-it/slim-modules:pull', 'slimimage-it/slim-modules:disk').withCloseable { images ->
    images.areSlim()
    images.describeThemselves()
    images.answer('PORT', '/', 'java.base,jdk.httpserver')
    images.shrink()
}
true
