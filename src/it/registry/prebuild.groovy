import io.slimimage.it.RegistryImage

// Names of its own, since the laboratory keeps what was pushed; and what `docker login` would leave behind, where it is not
// sent to the engine.
def environment = System.getenv()
def name = "slimimage-it/registry-${UUID.randomUUID().toString().take(8)}"
def base = "${environment.SLIMIMAGE_LAB_REGISTRY}/${environment.SLIMIMAGE_LAB_JRE_IMAGE}"
new File(basedir, 'test.properties').text = """\
it.base=${base}
it.baseDigest=${RegistryImage.of(base).digest()}
it.open=${environment.SLIMIMAGE_LAB_REGISTRY}/${name}
it.guarded=${environment.SLIMIMAGE_LAB_AUTH_REGISTRY}/${name}
"""
def login = "${environment.SLIMIMAGE_LAB_AUTH_USER}:${environment.SLIMIMAGE_LAB_AUTH_PASSWORD}".bytes.encodeBase64()
def config = new File(basedir, 'target/docker-config/config.json')
config.parentFile.mkdirs()
config.text = """{"auths":{"${environment.SLIMIMAGE_LAB_AUTH_REGISTRY}":{"auth":"${login}"}}}"""
true
