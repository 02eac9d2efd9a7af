import io.slimimage.it.BuiltImages
import io.slimimage.it.MavenRuns

BuiltImages.of(basedir, 'slimimage-it/slim-glibc:none').withCloseable { images ->
    images.addOnlyWhatIsMissingIn(glibcImage)
}
BuiltImages.of(basedir, 'slimimage-it/slim-glibc:jre').withCloseable { images ->
    images.addOnlyWhatIsMissingIn(baseImage)
}
['none', 'jre'].each { base ->
    BuiltImages.of(basedir, "slimimage-it/slim-glibc:${base}").withCloseable { images ->
        images.serve('PORT').withCloseable { application ->
            assert application.facts('/') == [
                home     : '/opt/java',
                desktop  : 'false',
                fileNames: 'UTF-8',
                temporary: 'true',
                localhost: 'true']
            application.end()
        }
    }
}
MavenRuns.of(basedir)
    .say('[WARNING]', 'netty-transport-native-epoll-4.1.135.Final-linux-aarch_64.jar', 'AArch64', 'but none for')
    .last()
    .say('[INFO]', "Base image [${baseImage}] has Java", "already, which 'slimimage.runtime' set to jre would use")
true
