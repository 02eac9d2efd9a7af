import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings

BuiltImages.of(basedir, 'slimimage-it/slim-sqlite').withCloseable { images ->
    images.areSlim()
    // The driver loads its native code from /tmp, which an engine's own --tmpfs would not allow.
    def settings = ContainerSettings.onHostNetwork()
    [settings, settings.withReadOnlyFiles('exec')].each {
        images.serve('PORT', it).withCloseable { application ->
            def facts = application.facts('/')
            assert facts.driver == 'SQLite JDBC'
            assert facts.rows == '2'
            assert facts.sum == '3.75'
            assert facts.first == '배'
            assert facts.version.startsWith('3.')
            assert facts.bytes.toInteger() > 0
            application.end()
        }
    }
}
true
