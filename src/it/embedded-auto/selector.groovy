// Nothing tells a build not to look at these.
!['/var/run/docker.sock', "${System.getProperty('user.home')}/.docker/run/docker.sock", "${System.getProperty('user.home')}/.colima/default/docker.sock"].any { new File(it).exists() }
