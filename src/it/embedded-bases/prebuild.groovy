// The same base image as an archive and as a layout.
[['docker', 'save', '-o', 'base.tar', baseImage], ['skopeo', 'copy', '-q', 'docker-archive:base.tar', 'oci:base-layout:it']].each { command ->
    def run = command.execute(null, basedir)
    run.waitForProcessOutput(System.out, System.out)
    assert run.exitValue() == 0
}
true
