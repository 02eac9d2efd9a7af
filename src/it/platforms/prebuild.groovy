import io.slimimage.it.RegistryImage

// A name of its own, since the laboratory keeps what was pushed; and the same project in another directory.
def environment = System.getenv()
def base = environment.SLIMIMAGE_LAB_INDEX_IMAGE
new File(basedir, 'test.properties').text = """\
it.base=${base}
it.baseDigest=${RegistryImage.of(base).digest()}
it.cache=${new File(basedir, 'target/cache')}
it.name=${environment.SLIMIMAGE_LAB_REGISTRY}/slimimage-it/platforms-${UUID.randomUUID().toString().take(8)}
"""
def other = new File(basedir, 'other')
other.mkdirs()
assert ['cp', '-r', 'pom.xml', 'src', other.path].execute(null, basedir).waitFor() == 0
true
