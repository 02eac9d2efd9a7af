import groovy.json.JsonSlurper
import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings
import io.slimimage.it.MavenRuns
import io.slimimage.it.RegistryImage

def names = new Properties()
new File(basedir, 'test.properties').withInputStream { names.load(it) }
def runs = MavenRuns.of(basedir)
def json = { new JsonSlurper().parse(new File(basedir, "${it}/slimimage/image.json")) }
def digest = { new File(basedir, "${it}/slimimage/image.digest").text.strip() }
def pushed = { new JsonSlurper().parseText(it) }
def requests = { int run -> runs.only(run).find('(HEAD|GET|POST|PUT|PATCH) http://.*/v2/.*: \\d+').collect { it.replaceFirst(' http://.*/', ' ') } }
def image = { RegistryImage.of("${names['it.name']}${it}") }
def oci = { "application/vnd.oci.image.${it}.v1+json".toString() }

// The name stands for an index of one image for each platform, on what the base image has for it.
def index = pushed(image(':1.0').manifest())
assert index.mediaType == oci('index')
assert index.manifests*.platform == [[os: 'linux', architecture: 'amd64'], [os: 'linux', architecture: 'arm64']]
def manifests = index.manifests.collect { pushed(image("@${it.digest}").manifest()) }
assert manifests*.mediaType.toUnique() == [oci('manifest')]
def ofBase = { pushed(RegistryImage.of("${names['it.base'].replaceFirst(':[^:/]+$', '')}@${it}").manifest()) }
def base = ofBase(names['it.baseDigest']).manifests.collect { ofBase(it.digest).layers*.digest }
assert base[0] != base[1]
assert [0, 1].collect { manifests[it].layers*.digest.take(base[it].size()) } == base
['amd64', 'arm64'].eachWithIndex { architecture, i ->
    def config = pushed(image(':1.0').config(architecture))
    assert [config.os, config.architecture] == ['linux', architecture]
    assert config.config.Env.contains("JAVA_HOME=/usr/lib/jvm/java-17-openjdk-${architecture}".toString())
    assert config.config.Entrypoint == ['java', '-jar', '/app/platforms.jar']
    assert config == pushed(image("@${index.manifests[i].digest}").config(architecture))
}

// What the application adds is the same in both, and was sent once; nothing was sent again.
def added = [0, 1].collect { manifests[it].layers*.digest.drop(base[it].size()) }
assert added[0] == added[1]
def transfers = runs.only(1).find('[A-Z]+ blob sha256:[0-9a-f]{64}')
assert transfers as Set == (added[0] + manifests*.config*.digest).collect { "SENT blob ${it}".toString() } + base.flatten().collect { "MOUNTED blob ${it}".toString() } as Set
assert transfers.size() == (transfers as Set).size()
assert requests(2).sort() == ['HEAD 1.0: 200', 'HEAD 17: 200', 'HEAD stable: 200']

// It is the same by another tag, and on a base image that is pinned, from another directory.
assert digest('target') == image(':1.0').digest()
assert digest('target') == image(':stable').digest()
assert json('target').platforms*.digest == index.manifests*.digest
assert json('target').platforms*.platform == ['linux/amd64', 'linux/arm64']
assert requests(3) == []
assert digest('other/target') == digest('target')
assert image('-other:1.0').digest() == digest('target')
assert image('-other:stable').digest() == digest('target')

// Of one platform there is no index.
def one = pushed(image('-one:1.0').manifest())
assert one == manifests[1]
assert image('-one:stable').digest() == index.manifests[1].digest
assert json('target/one').platform == 'linux/arm64'
runs.only(5).say('Built ', ' for linux/arm64')

// An engine was given the image that it can run; everybody else takes that from the index.
def own = System.getProperty('os.arch')
def answer = { "processor=\"${it}\"\n".toString() }
BuiltImages.of(basedir, "${names['it.name']}-other:1.0").withCloseable { images ->
    assert images.facts(ContainerSettings.withoutNetwork()).processor == "\"${own}\"".toString()
}
image(':stable').isCopiedBySkopeo().isRunByDocker(answer(own)).isRunByPodman(answer(own))
// So does somebody with another processor.
def foreign = own == 'aarch64' ? 'amd64' : 'arm64'
image(':1.0').isRunByEmulator(foreign, System.getenv('SLIMIMAGE_LAB_EMULATOR'), answer(foreign.replace('arm64', 'aarch64')))
['1.0', 'stable'].each { tag ->
    def removal = ['docker', 'image', 'rm', '--force', "${names['it.name']}-other:${tag}".toString()].execute()
    removal.waitForProcessOutput(System.out, System.out)
    assert removal.exitValue() == 0
}
true
