import io.slimimage.it.LayoutReader
import io.slimimage.it.MavenRuns

MavenRuns.of(basedir)
    .say('[INFO]', 'The image is put together without a Docker Engine, since none answers')
    .say('[INFO]', 'run it with', 'docker load -i', 'docker run --rm embedded-auto:1.0')
    .showNoStackTrace()
assert LayoutReader.read(basedir, 0).size() == 1
assert new File(basedir, 'target/slimimage/image.tar').isFile()
true
