import io.slimimage.it.BuiltImages
import io.slimimage.it.ContainerSettings

import javax.management.ObjectName
import javax.management.remote.JMXConnectorFactory
import javax.management.remote.JMXServiceURL

BuiltImages.of(basedir, 'slimimage-it/slim-boot').withCloseable { images ->
    images.areSlim()
    int jmxPort = new ServerSocket(0).withCloseable { it.localPort }
    def remote = 'com.sun.management.jmxremote'
    def agent = ["-D${remote}.port=${jmxPort}", "-D${remote}.rmi.port=${jmxPort}", "-D${remote}.host=127.0.0.1",
        "-D${remote}.ssl=false", "-D${remote}.authenticate=false", '-Djava.rmi.server.hostname=127.0.0.1']
    def settings = ContainerSettings.onHostNetwork().env('JAVA_TOOL_OPTIONS', agent.join(' ')).withReadOnlyFiles()
    images.serve('SERVER_PORT', settings).withCloseable { application ->
        assert application.ask('/actuator/health') == '{"status":"UP"}'
        def hit = application.ask('/hits?day=2026-11-22')
        assert hit.contains('"day":"2026-11-22"') && hit.contains('"managed":1')
        assert application.ask('/actuator/metrics/sample.hits').contains('"value":1.0')
        assert application.ask('/actuator/metrics/jvm.memory.used').contains('"baseUnit":"bytes"')
        assert application.ask('/actuator/metrics/process.cpu.usage').contains('"statistic":"VALUE"')
        assert application.ask('/actuator/info').contains('"vendor"')

        def url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:${jmxPort}/jmxrmi")
        JMXConnectorFactory.connect(url).withCloseable {
            def server = it.MBeanServerConnection
            assert server.getAttribute(new ObjectName('io.slimimage.samples:type=Hits'), 'Count') == 1
            def health = new ObjectName('org.springframework.boot:type=Endpoint,name=Health')
            assert server.invoke(health, 'health', new Object[0], new String[0]).status == 'UP'
            assert server.getAttribute(new ObjectName('java.lang:type=Memory'), 'HeapMemoryUsage').get('used') > 0
        }
        application.end()
    }
}
true
