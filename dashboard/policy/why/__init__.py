"""Under the chart of the policy page: why did it change, who notices, and where is the bottleneck?"""
