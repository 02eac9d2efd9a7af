import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings

BuiltImages.of(basedir, 'slimimage-it/slim-logging').withCloseable { images ->
    images.areSlim()
    images.serve('PORT', ContainerSettings.onHostNetwork().withReadOnlyFiles()).withCloseable { application ->
        // Logback compresses beside: files are complete when there is the next one.
        def facts = [:]
        for (int i = 0; i < 50 && !facts.files?.contains('2.log.gz'); i++) {
            application.ask('/log')
            facts = application.facts('/')
        }
        assert facts.problems == '[]'
        assert facts.files.contains('1.log.gz,2.log.gz')
        assert facts.last =~ /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00 INFO  \[HTTP-Dispatcher\] i\.s\.s\.l\.LoggingSample \/log - 안녕 xxx/
        application.end()

        def log = application.log()
        assert log.contains('java.lang.IllegalStateException: as told')
        assert log.contains('LoggingSample.java:')
        assert log.contains('from java.util.logging')
    }
}
true
