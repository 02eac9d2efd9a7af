import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings
import io.slimimage.it.EqualImages
import io.slimimage.it.LayoutReader

['archive', 'engine', 'layout', 'linked'].each { base ->
    BuiltImages.of(basedir, "slimimage-it/embedded-bases:${base}").withCloseable { images ->
        def facts = images.facts(ContainerSettings.withoutNetwork())
        assert facts.json == '{"embedded":true}'
        assert facts.home == (base == 'linked').toString()
        if (base == 'linked') {
            assert facts.fileNames == 'UTF-8'
            images.addOnlyWhatIsMissingIn(glibcImage)
        }
    }
}
EqualImages.of(*['archive', 'engine', 'layout'].collect { "slimimage-it/embedded-bases:${it}".toString() }).areEqual()
assert LayoutReader.read(basedir, 1).keySet() == ['docker.io/slimimage-it/embedded-bases:linked'] as Set
true
