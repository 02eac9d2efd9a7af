import groovy.json.JsonSlurper
import io.slimimage.it.MavenRuns
import io.slimimage.it.RegistryImage

def names = new Properties()
new File(basedir, 'test.properties').withInputStream { names.load(it) }
def login = new File(basedir, 'target/docker-config')
def runs = MavenRuns.of(basedir)
def json = { new JsonSlurper().parse(new File(basedir, "target/${it}slimimage/image.json")) }
def digest = { new File(basedir, "target/${it}slimimage/image.digest").text.strip() }
def host = { it.substring(0, it.indexOf('/')) }
def requests = { int run, String name -> runs.only(run).find("(HEAD|GET|POST|PUT|PATCH) http://${host(name)}/v2/.*: (?!401)\\d+").collect { it.replaceFirst(' http://.*/', ' ') } }
def references = { int run -> runs.only(run).find('(?<=^\\[INFO\\] )127\\.0\\.0\\.1\\S+@sha256:[0-9a-f]{64}$') }

// What was there is not sent again: nothing of an image that has not changed, and one small layer of one that has.
assert requests(2, names['it.guarded']).sort() == ['HEAD 1.0: 200', 'HEAD stable: 200']
assert requests(5, names['it.open']).takeRight(2).sort() == ['HEAD embedded: 200', 'HEAD stable: 200']
def changed = json('')
assert changed.layers.findAll { it.sent }.collect { it.role } == ['application']
assert changed.layers.find { it.sent }.pullSize + 4096 >= changed.pushed[0].bytesSent

// Each run ends with the name by which everybody gets what it has pushed.
assert references(1) == references(2)
assert references(3) == ["${names['it.guarded']}@${digest('')}"]
assert references(4) == []
assert references(5).toUnique() == ["${names['it.open']}@${digest('embedded/')}"]
assert references(7) == ["${names['it.open']}@${digest('engine/')}"]
['', 'embedded/', 'engine/'].each { directory ->
    def pushed = json(directory)
    assert pushed.digest == digest(directory)
    assert pushed.pushed*.reference == ["${pushed.reference.replaceFirst(':[^:/]+$', '')}@${digest(directory)}"]
    assert pushed.pushed[0].tags.contains('stable')
}

// The tags stand for what the files say, the latest for the last push; everybody can fetch and run it.
def guarded = { RegistryImage.of("${names['it.guarded']}${it}").loggedIn(login) }
def open = { RegistryImage.of("${names['it.open']}${it}") }
assert guarded(':1.0').digest() == digest('')
assert guarded(':stable').digest() == digest('')
assert open(':embedded').digest() == digest('embedded/')
assert open(':engine').digest() == digest('engine/')
assert open(':stable').digest() == digest('engine/')
def first = '{"motto":"first"}\n'
def second = '{"motto":"second"}\n'
guarded(':stable').isCopiedBySkopeo().isRunByDocker(second).isRunByPodman(second)
guarded(references(1)[0].replaceFirst('.*@', '@')).isCopiedBySkopeo().isRunByDocker(first)
open("@${digest('embedded/')}").isCopiedBySkopeo().isRunByDocker(first)
// The engine has built it, and Docker would take it from there.
open(':engine').isCopiedBySkopeo().isRunByPodman(first)

// The base image is pinned in what was built on it, and was at hand without a network.
assert json('embedded/').baseImage == "${names['it.base']}@${names['it.baseDigest']}"
runs.only(2).say('credentials', new File(login, 'config.json').path)
def secret = new JsonSlurper().parse(new File(login, 'config.json')).auths.values()[0].auth
assert !new File(basedir, 'build.log').text.contains(secret)

// Unlike those of other samples, these names will not be built again.
['engine', 'stable'].each { tag ->
    def removal = ['docker', 'image', 'rm', '--force', "${names['it.open']}:${tag}".toString()].execute()
    removal.waitForProcessOutput(System.out, System.out)
    assert removal.exitValue() == 0
}
true
